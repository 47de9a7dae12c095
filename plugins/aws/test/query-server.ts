import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import {type AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import {AwsError, type Call} from './call.ts';
import {answerOf} from './query-actions.ts';
import {productsJson} from './price-answers.ts';
import {toXml} from './xml.ts';
import {type CloudForTest, createCloud} from './cloud.ts';

const listItems: Readonly<Record<string, string>> = {ec2: 'item', rds: 'DBInstance'};

export type Trouble = (call: Call) => AwsError | 'hang' | 'half' | 'html' | 'reset' | number | undefined;

export type QueryServer = {
	readonly url: string;
	readonly cloud: CloudForTest;
	/** Calls in the order they came. */
	readonly calls: Call[];
	/** What goes wrong with a call; a number is milliseconds to wait first. */
	trouble: Trouble;
	/** Changes what was asked before it is answered, as a server does that mixes things up. */
	disguise: (call: Call) => void;
	readonly [Symbol.asyncDispose]: () => Promise<void>;
};

/** A small EC2, RDS and STS that speaks the Query protocol and is as strict as they are where that matters here. */
export async function startQueryServer(port = 0): Promise<QueryServer> {
	const cloud = createCloud();
	const server: QueryServer = {url: '', cloud, calls: [], trouble: () => undefined, disguise() {}, [Symbol.asyncDispose]: close};
	const http = createServer((request, response) => {
		void answer(request, response).catch(() => response.destroy());
	});

	async function answer(request: IncomingMessage, response: ServerResponse) {
		let body = '';
		for await (const chunk of request) {
			body += String(chunk);
		}

		if (request.url?.startsWith('/federation/credentials') === true) {
			answerSso(request, response);
			return;
		}

		const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
		const params = new URLSearchParams(isForm ? body : '');
		const [, key = '', region = '', service = ''] =
			/Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
		const action = params.get('Action') ?? String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
		const call: Call = {service, region, action, params, key};
		server.calls.push(call);
		const trouble = server.trouble(call);
		if (typeof trouble === 'number') {
			await sleep(trouble);
		} else if (trouble === 'hang') {
			return;
		} else if (trouble === 'reset') {
			request.socket.destroy();
			return;
		} else if (trouble === 'html') {
			response.writeHead(200, {'content-type': 'text/html'}).end('<html><body><h1>Welcome to the hotel wifi</h1>');
			return;
		} else if (trouble === 'half') {
			response.writeHead(200, {'content-type': 'text/xml', 'content-length': '100000'});
			response.write('<DescribeInstancesResponse><reservationSet><item>');
			return;
		}

		server.disguise(call);
		try {
			if (trouble !== undefined && typeof trouble !== 'number') {
				throw trouble;
			}

			if (cloud.expired.has(key)) {
				throw new AwsError(service === 'ec2' ? 'RequestExpired' : 'ExpiredToken', 'The security token included in the request is expired');
			}

			if (!cloud.owners.has(key)) {
				throw service === 'ec2'
					? new AwsError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401)
					: new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);
			}

			if (service === 'pricing') {
				call.params.set('body', body);
				response.writeHead(200, {'content-type': 'application/x-amz-json-1.1'}).end(productsJson(cloud, body));
				return;
			}

			const xml = toXml(answerOf(cloud, call), listItems[service] ?? 'member');
			response.writeHead(200, {'content-type': 'text/xml'});
			response.end(
				service === 'ec2'
					? `<?xml version="1.0"?><${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r-1</requestId>${xml}</${action}Response>`
					: `<${action}Response><${action}Result>${xml}</${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`,
			);
		} catch (error) {
			if (!(error instanceof AwsError)) {
				throw error;
			}

			const inner = toXml({Code: error.code, Message: error.message});
			response.writeHead(error.status, {'content-type': 'text/xml'});
			response.end(
				service === 'ec2'
					? `<Response><Errors><Error>${inner}</Error></Errors><RequestID>r-1</RequestID></Response>`
					: `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error><RequestId>r-1</RequestId></ErrorResponse>`,
			);
		}
	}

	// The portal of SSO gives keys for a token that a login left behind.
	function answerSso({headers}: IncomingMessage, response: ServerResponse) {
		if (headers['x-amz-sso_bearer_token'] !== 'sso-token') {
			response.writeHead(401, {'content-type': 'application/json', 'x-amzn-errortype': 'UnauthorizedException'});
			response.end(JSON.stringify({message: 'Session token not found or invalid'}));
			return;
		}

		const roleCredentials = {
			accessKeyId: 'AKIAOTHER',
			secretAccessKey: 'secret',
			sessionToken: 'token',
			expiration: Date.now() + 3_600_000,
		};
		response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify({roleCredentials}));
	}

	async function close() {
		http.closeAllConnections();
		await new Promise<void>(resolve => {
			http.close(() => {
				resolve();
			});
		});
	}

	await new Promise<void>(resolve => {
		http.listen(port, '127.0.0.1', resolve);
	});
	return Object.assign(server, {url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`});
}
