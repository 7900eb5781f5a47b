"""What serving a page costs: servers, proxies and frameworks under the same load, in turns."""
