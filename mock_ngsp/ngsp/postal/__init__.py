"""VNPost, public postal service (bưu chính công ích): context apiVNPostNGSP."""
