/** What shows who is signed in: the button in the bar, the one in the tray while files wait, and what went wrong. */

import { announce } from './announce.js';

/**
 * @param {import('./visitor.js').Visitor} visitor
 * @param {{button: HTMLButtonElement, prompt: HTMLButtonElement, note: HTMLElement}} elements
 */
export function showAccount(visitor, { button, prompt, note }) {
  let wasSignedIn = Boolean(visitor.bearer());

  const show = () => {
    const isSignedIn = Boolean(visitor.bearer());
    button.hidden = !visitor.isSignInOffered;
    button.textContent = isSignedIn ? 'Sign out' : 'Sign in';
    button.title = visitor.name && `Signed in as ${visitor.name}`;
    prompt.hidden = !visitor.isAwaited;
    note.hidden = !visitor.trouble;
    note.textContent = visitor.trouble;
    if (isSignedIn !== wasSignedIn) announce(isSignedIn ? `Signed in. ${visitor.name}`.trim() : 'Signed out.');
    wasSignedIn = isSignedIn;
  };

  button.addEventListener('click', () => (visitor.bearer() ? visitor.signOut() : visitor.signIn()));
  prompt.addEventListener('click', () => visitor.signIn());
  visitor.addEventListener('change', show);
  show();
}
