/** Least travel of a swipe, in CSS pixels, and how much more sideways than up or down it must go. */
const leastTravel = 48;
const sideways = 1.5;

/**
 * Recognises sideways swipes of one finger or pen; two fingers are left to the browser's zoom.
 * @param {HTMLElement} element with `touch-action: pan-y pinch-zoom`
 * @param {{onLeft: () => void, onRight: () => void}} actions
 */
export function onSwipe(element, { onLeft, onRight }) {
  const fingers = new Map();
  let several = false;

  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'mouse') return;
    fingers.set(event.pointerId, event);
    several = fingers.size > 1;
  });
  element.addEventListener('pointercancel', (event) => fingers.delete(event.pointerId));
  element.addEventListener('pointerup', (event) => {
    const start = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (!start || several || visualViewport?.scale > 1) return;
    const direction = swipeDirection(event.clientX - start.clientX, event.clientY - start.clientY);
    if (direction === 'left') onLeft();
    if (direction === 'right') onRight();
  });
}

/**
 * The direction of a finger's travel, if it was a sideways swipe.
 * @param {number} x in CSS pixels
 * @param {number} y in CSS pixels
 * @returns {'left' | 'right' | null}
 */
export function swipeDirection(x, y) {
  if (Math.abs(x) < leastTravel || Math.abs(x) < Math.abs(y) * sideways) return null;
  return x < 0 ? 'left' : 'right';
}
