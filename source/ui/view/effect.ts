import {type CommandId, type CommandInputs, type OperationCommandId} from '../../engine/command-types.ts';
import {type PaneRequest} from '../../engine/engine.ts';
import {type ResourceRef} from '../../core/reference.ts';

/** What the view wants done; described here, done in one place (`app/run-effect.ts`), answered by a `Reply` message. */
export type Effect =
	| {[Id in CommandId]: {readonly type: 'run'; readonly command: Id; readonly input: CommandInputs[Id]; readonly reply?: string}}[CommandId]
	| {
			[Id in OperationCommandId]: {readonly type: 'plan'; readonly command: Id; readonly input: CommandInputs[Id]; readonly reply: string};
	  }[OperationCommandId]
	| {readonly type: 'templates'; readonly reply: string}
	| {readonly type: 'choices'; readonly provider: string; readonly resourceType: string; readonly reply: string}
	| {readonly type: 'read'; readonly ref: ResourceRef; readonly reply: string}
	/** Starts a log stream; chunks come as replies until `cancel` with the same tag. */
	| {readonly type: 'logs'; readonly ref: ResourceRef; readonly follow: boolean; readonly tail: number; readonly reply: string}
	| {readonly type: 'events'; readonly ref: ResourceRef; readonly limit: number; readonly reply: string}
	| {readonly type: 'audit'; readonly limit: number; readonly reply: string}
	/** What a pane of a plugin shows now. */
	| {readonly type: 'pane'; readonly request: PaneRequest; readonly reply: string}
	/** Looks at what lies at a path; answers with the absolute path and the preview. */
	| {readonly type: 'previewInstall'; readonly source: string; readonly reply: string}
	/** Which secrets plugins ask for and where they are kept. */
	| {readonly type: 'secrets'; readonly reply: string}
	/** All settings with where each comes from, those of plugins too. */
	| {readonly type: 'settings'; readonly reply: string}
	/** Logs in; the steps come as replies until the last one, which says who is in. `cancel` with the same tag gives it up. */
	| {readonly type: 'login'; readonly input: CommandInputs['login']; readonly reply: string}
	/** What the person pasted for the login of that tag. */
	| {readonly type: 'answerLogin'; readonly reply: string; readonly value: string}
	/** What the person said to a question of a plugin; no value is a no. */
	| {readonly type: 'answer'; readonly question: number; readonly value?: string; readonly isMuted?: boolean}
	| {readonly type: 'toast'; readonly level: 'info' | 'warn' | 'error'; readonly text: string}
	| {readonly type: 'cancel'; readonly reply: string}
	/** Hands the terminal to a shell of the resource and comes back. */
	| {readonly type: 'connect'; readonly ref: ResourceRef}
	| {readonly type: 'open'; readonly url: string}
	| {readonly type: 'copy'; readonly text: string; readonly label: string}
	| {readonly type: 'save'; readonly name: string; readonly text: string}
	| {readonly type: 'setTheme'; readonly name: string; readonly persist: boolean}
	/** Remembers the way the person left the list: sort, wide, last tab. */
	| {readonly type: 'remember'; readonly key: string; readonly value: unknown}
	| {readonly type: 'suspend'}
	| {readonly type: 'quit'; readonly force?: boolean};
