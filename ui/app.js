/** The gallery page: puts its parts together. */

import * as api from './api.js';
import * as sessions from './session-api.js';
import { UploadToken, storagesOfPage } from './upload-token.js';
import { Visitor } from './visitor.js';
import { handOver, takeAnswer } from './arrival.js';
import { createBudget } from './budget.js';
import { createFeed } from './feed.js';
import { createGrid } from './grid.js';
import { createLedger } from './ledger.js';
import { createLightbox } from './lightbox.js';
import { createOwnership } from './ownership.js';
import { createTray } from './tray.js';
import { digestOf } from './digest.js';
import { openRecords } from './records.js';
import { Uploads } from './uploads.js';
import { showAccount } from './account.js';
import { showTokenField } from './token-field.js';
import { watchIntake } from './intake.js';

const find = (selector) => document.querySelector(selector);

const answer = takeAnswer();
if (!handOver(answer)) showGallery(knowVisitor());

function knowVisitor() {
  const visitor = new Visitor(sessions);
  showAccount(visitor, { button: find('#account'), prompt: find('#tray-sign-in'), note: find('#account-note') });
  visitor.begin(answer);
  return visitor;
}

function knowToken() {
  const form = find('#token-form');
  const token = new UploadToken({ isAsked: !form.hidden, ...storagesOfPage() });
  showTokenField(token, { form, known: find('#token-known'), prompt: find('#tray-token') });
  return token;
}

function showGallery(visitor) {
  const grid = createGrid(find('#gallery'), find('#tile-template'), find('#empty'));
  const feed = createFeed(find('#more'), grid);
  const lightbox = createLightbox(find('#lightbox'), grid, feed);

  const { uploadLimit, uploadLimitText, firstPage } = grid.element.dataset;
  const ledger = createLedger(openRecords(), createOwnership());
  const uploads = new Uploads({
    limit: { bytes: Number(uploadLimit) || Infinity, text: uploadLimitText },
    tray: createTray(find('#tray')),
    steps: { ...api, digestOf, visitor, token: knowToken(), ledger, budget: createBudget() },
    onReady: (picture) => firstPage === 'true' && grid.prepend(picture),
  });

  watchIntake({ input: find('#file-input'), target: find('#drop-target') }, (choices) => {
    lightbox.close();
    uploads.add(choices);
  });
  uploads.recall();
}
