"""The payment platform of the national portal: its wire, its signature, our client."""
