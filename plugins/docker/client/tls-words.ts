type Words = {readonly cause: string; readonly fix: string};

/** What does not fit in a TLS connection, in words, and which side has to change it; undefined when it is no matter of TLS. */
export function tlsWords(code: string | undefined, text: string, from: string): Words | undefined {
	const known = `${code ?? ''} ${text}`;
	const found = cases.find(({pattern}) => pattern.test(known));
	if (found !== undefined) {
		return {cause: found.cause, fix: found.fix(from)};
	}

	return /certificate|SSL|TLS|CERT|self.signed/i.test(known)
		? {cause: `the certificates do not fit: ${text}`, fix: renewOurs(from)}
		: undefined;
}

/** Of the certificate that this machine shows. */
export function hasExpired(from: string): Words {
	return {cause: 'the certificate that this machine shows has expired', fix: `renew cert.pem and key.pem where ${from} names them`};
}

const renewOurs = (from: string): string => `renew the files that ${from} names (ca.pem, cert.pem, key.pem)`;

// An alert is the other side's word on what this machine showed; everything else is this machine's on what the other side did.
const cases: readonly {readonly pattern: RegExp; readonly cause: string; readonly fix: (from: string) => string}[] = [
	{
		pattern: /alert certificate expired/i,
		cause: hasExpired('').cause,
		fix: from => hasExpired(from).fix,
	},
	{
		pattern: /alert (?:certificate required|handshake failure|bad certificate|unknown ca|certificate unknown)|CERTIFICATE_REQUIRED/i,
		cause: 'it takes only who shows a certificate of its authority, and this machine shows none or another',
		fix: from => `put cert.pem and key.pem of its authority where ${from} names them`,
	},
	{
		pattern: /CERT_HAS_EXPIRED/,
		cause: 'its certificate has expired',
		fix: () => 'renew the certificate of the daemon on that machine',
	},
	{pattern: /CERT_NOT_YET_VALID/, cause: 'its certificate is not valid yet', fix: () => 'see to the clocks of both machines'},
	{
		pattern: /SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|CERT_SIGNATURE_FAILURE|CERT_UNTRUSTED/,
		cause: 'its certificate is not of the authority in ca.pem',
		fix: from => `put the ca.pem of that machine where ${from} names it`,
	},
	{
		pattern: /ERR_TLS_CERT_ALTNAME_INVALID/,
		cause: 'its certificate is for another name',
		fix: from => `use a name of the certificate in ${from}, or renew it with this one`,
	},
	{
		pattern: /wrong version number|packet length too long|EPROTO.*http request/i,
		cause: 'it does not speak TLS there',
		fix: from => `see to the port in ${from}, or name no certificates for it`,
	},
	{
		pattern: /key values mismatch|PEM|ASN1|DECODER/i,
		cause: 'cert.pem or key.pem is damaged, or they do not belong together',
		fix: renewOurs,
	},
];
