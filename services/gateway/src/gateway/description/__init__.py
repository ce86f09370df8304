"""One description of the whole interface: OpenAPI, AsyncAPI, and pages to read them."""
