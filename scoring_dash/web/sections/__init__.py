"""The sections of a client's page: values in, components out."""
