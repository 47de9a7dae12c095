import {type AuditRecord} from '../../../core/event.ts';
import {type StoreCalls} from '../protocol.ts';
import {type CallContext} from '../session.ts';

/** Never pruned: an audit that forgets is none. */
export function appendAudit({prepare, write}: CallContext, record: StoreCalls['appendAudit']['input']): null {
	write(() => {
		prepare('INSERT INTO audit (at, json) VALUES (?, ?)').run(record.at, JSON.stringify(record));
	});
	return null;
}

export const readAudit = ({prepare}: CallContext, {limit}: StoreCalls['readAudit']['input']): readonly AuditRecord[] =>
	prepare('SELECT seq, json FROM audit ORDER BY seq DESC LIMIT ?')
		.all(limit)
		.map(row => ({...(JSON.parse(row['json'] as string) as Omit<AuditRecord, 'seq'>), seq: row['seq'] as number}));
