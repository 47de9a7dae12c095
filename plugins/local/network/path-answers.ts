/**
Whether an HTTP path on this machine's port answers with success. Certificates are not checked: who serves there is the person's own
workstation, and most of them sign for themselves.
*/
export async function pathAnswers(
	{protocol, port, path}: {readonly protocol: string; readonly port: number; readonly path: string},
	timeoutMs = 1000,
): Promise<boolean> {
	// Loaded when first needed: most workstations have no path to ask.
	const {Agent, request} = await import('./undici.ts');
	const agent = new Agent({connect: {rejectUnauthorized: false, timeout: timeoutMs}, headersTimeout: timeoutMs, bodyTimeout: timeoutMs});
	try {
		const {statusCode, body} = await request(`${protocol}://localhost:${port}${path}`, {
			dispatcher: agent,
			signal: AbortSignal.timeout(timeoutMs),
		});
		await body.dump();
		return statusCode >= 200 && statusCode < 400;
	} catch {
		return false;
	} finally {
		await agent.destroy();
	}
}
