// Scores of Mozilla's HTTP Observatory for hosts of a test: node observatory.mjs PACKAGE PORT HOST/PATH… prints them as JSON.
// The Observatory's own command knows neither ports nor paths. All names lead to this machine.
import dns from "node:dns";
import fs from "node:fs";

const [, , folder, httpsPort, ...pages] = process.argv;
const lookup = dns.lookup;
dns.lookup = (_name, options, callback) => lookup("127.0.0.1", options, callback);
// Otherwise downloaded when the package is installed. No host of a test is on that list.
fs.writeFileSync(`${folder}/conf/hsts-preload.json`, "{}");

const { retrieve } = await import(`${folder}/src/retriever/retriever.js`);
const { ALL_TESTS } = await import(`${folder}/src/constants.js`);
const { getScoreModifier } = await import(`${folder}/src/grader/grader.js`);

const found = {};
for (const page of pages) {
    const [host, path] = [page.slice(0, page.indexOf("/")), page.slice(page.indexOf("/"))];
    // No port answers without TLS. 9 is "discard", which no machine of a test serves.
    const requests = await retrieve(host, { httpsPort, httpPort: 9, path });
    const results = ALL_TESTS.map((test) => test(requests).result);
    const points = Object.fromEntries(results.map((result) => [result, getScoreModifier(result)]));
    found[page] = { status: requests.responses.auto?.status, points };
}
console.log(JSON.stringify(found));
