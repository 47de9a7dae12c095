import {type OpenSession, type Session} from './session.ts';

/** Open shells by machine; each is in the hands of one look at a time. */
export type Sessions = {
	readonly open: OpenSession;
	/** Undefined when there is none, or another look has it. */
	readonly take: (name: string) => Session | undefined;
	readonly put: (name: string, session: Session) => void;
	/** Ends those of machines nobody shows any more, and those nobody used for so long. */
	readonly prune: (names: ReadonlySet<string>, now: number) => void;
	readonly closeAll: () => void;
};

export function createSessions(open: OpenSession, keepMs: number): Sessions {
	const idle = new Map<string, {readonly session: Session; readonly since: number}>();

	function end(name: string) {
		idle.get(name)?.session.close();
		idle.delete(name);
	}

	return {
		open,
		take(name) {
			const entry = idle.get(name);
			idle.delete(name);
			return entry?.session.isOpen() === true ? entry.session : undefined;
		},
		put(name, session) {
			end(name);
			idle.set(name, {session, since: Date.now()});
		},
		prune(names, now) {
			for (const [name, {since}] of idle) {
				if (!names.has(name) || now - since > keepMs) {
					end(name);
				}
			}
		},
		closeAll() {
			for (const name of idle.keys()) {
				end(name);
			}
		},
	};
}
