// Every verb of the command line, and every word that `cws plugin`, `cws providers` or the settings could mistake for an id.
const reserved: ReadonlySet<string> = new Set(
	(
		'all allow audit auth budget completion config connect core cost demo deny deploy destroy dev disable disable-local-discovery disabled discover docs doctor ' +
		'enable enabled estimate events export grant health help hibernate image import init install isolation launch lease list load login logout logs ls new notify ' +
		'options pack plan plugin plugins policy price prices provider providers publish quota reload remove report rescan require-signed resize restart resume ' +
		'revoke run schedule search secret secrets serve service set show sign start status stop tag task tasks template templates test theme themes timeout ' +
		'token trust ui undo unload update upgrade user users verify version watch who delete'
	).split(' '),
);

/** Whether cws keeps this word for itself, so that no plugin may be called so. */
export const isReservedId = (id: string): boolean => reserved.has(id);
