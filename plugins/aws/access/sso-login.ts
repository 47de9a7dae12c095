/**
When the login of an SSO session ends, in epoch milliseconds; undefined where it is renewed by itself or nobody knows. It is the file that
`aws sso login` leaves behind.
*/
export async function loginEndOf(session: string): Promise<number | undefined> {
	try {
		const {getSSOTokenFromFile} = await import('../clients/config-files.ts');
		const {expiresAt, refreshToken} = (await getSSOTokenFromFile(session)) as {
			readonly expiresAt?: unknown;
			readonly refreshToken?: unknown;
		};
		const end = typeof expiresAt === 'string' ? Date.parse(expiresAt) : Number.NaN;
		return typeof refreshToken === 'string' || Number.isNaN(end) ? undefined : end;
	} catch {
		return undefined;
	}
}
