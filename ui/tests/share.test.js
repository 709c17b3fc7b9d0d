import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlText, markdownText } from '../share.js';

const picture = { src: 'https://a.example/images/x.png', page: 'https://a.example/i/x', width: 3, height: 2 };

test('names do not break out of the texts that people paste', () => {
  assert.equal(
    markdownText({ ...picture, name: 'a](b)*' }),
    '[![a\\]\\(b\\)\\*](https://a.example/images/x.png)](https://a.example/i/x)',
  );
  assert.equal(
    htmlText({ ...picture, name: '"<b>&\'' }),
    '<a href="https://a.example/i/x"><img src="https://a.example/images/x.png" alt="&quot;&lt;b&gt;&amp;&#39;" '
      + 'width="3" height="2"></a>',
  );
});
