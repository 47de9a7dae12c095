/** A full URL opens as it is; a bare `host:port` is most likely a page. */
export const endpointUrl = (address: string): string => (/^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `http://${address}`);
