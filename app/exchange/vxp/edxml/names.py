"""Element names of QCVN 102:2016 beside our attributes, for the groups that hold only text."""

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"

ORGANISATION = {
    "in_charge": "OrganizationInCharge",
    "name": "OrganName",
    "address": "OrganAdd",
    "email": "Email",
    "telephone": "Telephone",
    "fax": "Fax",
    "website": "Website",
}
SIGNER = {"authority": "Competence", "position": "Position", "full_name": "FullName"}
STAFF = {"department": "Department", "name": "Staff", "mobile": "Mobile", "email": "Email"}
