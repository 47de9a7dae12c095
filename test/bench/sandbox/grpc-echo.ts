// The service the sandbox is measured beside, and, when it is the program, its server.
import grpc from '@grpc/grpc-js';

const serialize = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const deserialize = (bytes: Buffer): unknown => JSON.parse(bytes.toString());

export const echo: grpc.ServiceDefinition = {
	health: {
		path: '/Echo/health',
		requestStream: false,
		responseStream: false,
		requestSerialize: serialize,
		requestDeserialize: deserialize,
		responseSerialize: serialize,
		responseDeserialize: deserialize,
	},
};

if (import.meta.main) {
	const server = new grpc.Server();
	server.addService(echo, {
		health(call: grpc.ServerUnaryCall<{readonly args: readonly unknown[]}, unknown>, answer: grpc.sendUnaryData<unknown>) {
			answer(null, {status: 'pass', output: call.request.args[0]});
		},
	});
	server.bindAsync(process.argv[2]!, grpc.ServerCredentials.createInsecure(), error => {
		process.stdout.write(error === null ? 'ready\n' : `${error.message}\n`);
	});
}
