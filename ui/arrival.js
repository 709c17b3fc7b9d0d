/** Going to the provider and coming back: windows, addresses, and what a tab remembers meanwhile. */

import { answerIn, isForOpener } from './pkce.js';

/** Where windows that were opened to sign in tell of it. */
const channelName = 'imgn.sign-in';

/**
 * The provider's answer when the browser comes back from it; the address then shows it no longer.
 * @returns {import('./pkce.js').Answer | undefined}
 */
export function takeAnswer({ location, history } = globalThis) {
  const answer = answerIn(location.search);
  if (answer) history.replaceState(null, '', location.pathname);
  return answer;
}

/**
 * In a window that was opened to sign in: hands the answer to the page that waits for it, and closes.
 * @param {import('./pkce.js').Answer} answer
 * @returns {boolean} whether it is such a window
 */
export function handOver(answer) {
  if (!answer || !isForOpener(answer) || !globalThis.BroadcastChannel) return false;
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', ({ data }) => data?.received === answer.state && close());
  channel.postMessage(answer);
  setTimeout(() => location.replace('/'), 3000); // nobody waits any more, or the window may not close itself
  return true;
}

const windowFeatures = 'popup,width=480,height=680';

/** What signing in uses of the browser. */
export function browserOfPage() {
  return {
    location,
    storage: storageOfTab(),
    channel: globalThis.BroadcastChannel && (() => new BroadcastChannel(channelName)),
    open: (url) => open(url, 'imgn-sign-in', windowFeatures),
    now: Date.now,
  };
}

function storageOfTab() {
  try {
    return sessionStorage;
  } catch {
    return undefined; // strict settings: then signing in lasts as long as the page
  }
}
