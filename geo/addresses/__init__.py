"""Digital addresses: one small parser per scheme, one result, one door (`geo.addresses.reading`)."""
