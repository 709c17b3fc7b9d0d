// Uppy with its own S3 uploader, and nothing of imgn's: the gallery answers as Uppy Companion would.

import Uppy from "@uppy/core";
import Dashboard from "@uppy/dashboard";
import AwsS3 from "@uppy/aws-s3";

const gallery = new URLSearchParams(location.search).get("gallery") ?? "http://127.0.0.1:8080";

new Uppy({ restrictions: { allowedFileTypes: ["image/jpeg", "image/png", "image/gif", "image/webp"] } })
  .use(Dashboard, { inline: true, target: "#dashboard", showProgressDetails: true })
  // Version 6 calls the server `companionEndpoint`, version 5 `endpoint`; each ignores the other's word.
  .use(AwsS3, { companionEndpoint: gallery, endpoint: gallery })
  .on("upload-success", (file, response) => {
    // The object's key, and the address of the picture's page, both end in the picture's id.
    const id = response.uploadURL.split("/").pop();
    const link = Object.assign(document.createElement("a"), { href: `${gallery}/i/${id}`, textContent: file.name });
    const row = document.createElement("li");
    row.append(link);
    document.querySelector("#uploaded").append(row);
  });
