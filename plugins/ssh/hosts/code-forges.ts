const forges = ['github.com', 'gitlab.com', 'bitbucket.org', 'codeberg.org', 'git.sr.ht', 'ssh.dev.azure.com', 'vs-ssh.visualstudio.com'];

/** Whether an entry of ssh's file is where code lies, not a machine: dialling it would show nothing. */
export const isCodeForge = ({address, user}: {readonly address: string; readonly user: string}): boolean =>
	user === 'git' || forges.some(forge => address === forge || address.endsWith(`.${forge}`)) || address.startsWith('git-codecommit.');
