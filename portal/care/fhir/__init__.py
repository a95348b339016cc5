"""FHIR R4 in and out, read and written without a database. What goes where stands in docs/fhir.md."""
