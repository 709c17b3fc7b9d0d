import Hummingbird

/// The files of `ui/`, embedded in the binary.
///
/// A new file is named here and in `Package.swift`; `make check` compares.
enum UIFiles {
    /// The templates, by name.
    static let templates: [String: [UInt8]] = [
        "error": PackageResources.error_mustache,
        "gallery": PackageResources.gallery_mustache,
        "head": PackageResources.head_mustache,
        "image": PackageResources.image_mustache,
        "lightbox": PackageResources.lightbox_mustache,
        "modules": PackageResources.modules_mustache,
        "tile": PackageResources.tile_mustache,
        "tray": PackageResources.tray_mustache,
    ]

    private static let files: [String: UIFile] = [
        "account.js": UIFile(.js, PackageResources.account_js),
        "announce.js": UIFile(.js, PackageResources.announce_js),
        "api.js": UIFile(.js, PackageResources.api_js),
        "app.js": UIFile(.js, PackageResources.app_js),
        "arrival.js": UIFile(.js, PackageResources.arrival_js),
        "budget.js": UIFile(.js, PackageResources.budget_js),
        "call-off.js": UIFile(.js, PackageResources.call_off_js),
        "camera.js": UIFile(.js, PackageResources.camera_js),
        "copy.js": UIFile(.js, PackageResources.copy_js),
        "digest.js": UIFile(.js, PackageResources.digest_js),
        "entries.js": UIFile(.js, PackageResources.entries_js),
        "feed.js": UIFile(.js, PackageResources.feed_js),
        "fingerprint.js": UIFile(.js, PackageResources.fingerprint_js),
        "format.js": UIFile(.js, PackageResources.format_js),
        "gallery.css": UIFile(.css, PackageResources.gallery_css),
        "grid.js": UIFile(.js, PackageResources.grid_js),
        "hash-slices.js": UIFile(.js, PackageResources.hash_slices_js),
        "hash-worker.js": UIFile(.js, PackageResources.hash_worker_js),
        "icon.svg": UIFile(.svg, PackageResources.icon_svg),
        "image.css": UIFile(.css, PackageResources.image_css),
        "image.js": UIFile(.js, PackageResources.image_js),
        "intake.js": UIFile(.js, PackageResources.intake_js),
        "justify.js": UIFile(.js, PackageResources.justify_js),
        "ledger.js": UIFile(.js, PackageResources.ledger_js),
        "lightbox-view.js": UIFile(.js, PackageResources.lightbox_view_js),
        "lightbox.css": UIFile(.css, PackageResources.lightbox_css),
        "lightbox.js": UIFile(.js, PackageResources.lightbox_js),
        "names.js": UIFile(.js, PackageResources.names_js),
        "noscript.css": UIFile(.css, PackageResources.noscript_css),
        "ownership.js": UIFile(.js, PackageResources.ownership_js),
        "pace.js": UIFile(.js, PackageResources.pace_js),
        "parts.js": UIFile(.js, PackageResources.parts_js),
        "picker.js": UIFile(.js, PackageResources.picker_js),
        "picture.js": UIFile(.js, PackageResources.picture_js),
        "pkce.js": UIFile(.js, PackageResources.pkce_js),
        "placeholder.js": UIFile(.js, PackageResources.placeholder_js),
        "problems.js": UIFile(.js, PackageResources.problems_js),
        "progress.js": UIFile(.js, PackageResources.progress_js),
        "queue.js": UIFile(.js, PackageResources.queue_js),
        "reachable.js": UIFile(.js, PackageResources.reachable_js),
        "readable.js": UIFile(.js, PackageResources.readable_js),
        "recall.js": UIFile(.js, PackageResources.recall_js),
        "records.js": UIFile(.js, PackageResources.records_js),
        "removal.js": UIFile(.js, PackageResources.removal_js),
        "renditions.js": UIFile(.js, PackageResources.renditions_js),
        "retry.js": UIFile(.js, PackageResources.retry_js),
        "send-part.js": UIFile(.js, PackageResources.send_part_js),
        "send-parts.js": UIFile(.js, PackageResources.send_parts_js),
        "send-whole.js": UIFile(.js, PackageResources.send_whole_js),
        "session-api.js": UIFile(.js, PackageResources.session_api_js),
        "sha256.js": UIFile(.js, PackageResources.sha256_js),
        "share-menu.js": UIFile(.js, PackageResources.share_menu_js),
        "share.js": UIFile(.js, PackageResources.share_js),
        "signals.js": UIFile(.js, PackageResources.signals_js),
        "signer.js": UIFile(.js, PackageResources.signer_js),
        "style.css": UIFile(.css, PackageResources.style_css),
        "swipe.js": UIFile(.js, PackageResources.swipe_js),
        "thumbhash.js": UIFile(.js, PackageResources.thumbhash_js),
        "ticket.js": UIFile(.js, PackageResources.ticket_js),
        "token-field.js": UIFile(.js, PackageResources.token_field_js),
        "tray-row.js": UIFile(.js, PackageResources.tray_row_js),
        "tray.css": UIFile(.css, PackageResources.tray_css),
        "tray.js": UIFile(.js, PackageResources.tray_js),
        "unfinished.js": UIFile(.js, PackageResources.unfinished_js),
        "upload-token.js": UIFile(.js, PackageResources.upload_token_js),
        "upload.js": UIFile(.js, PackageResources.upload_js),
        "uploads.js": UIFile(.js, PackageResources.uploads_js),
        "verdict.js": UIFile(.js, PackageResources.verdict_js),
        "visitor.js": UIFile(.js, PackageResources.visitor_js),
        "watchdog.js": UIFile(.js, PackageResources.watchdog_js),
    ]

    /// `GET /ui/{file}`.
    @Sendable static func serve(request: Request, context: some RequestContext) throws -> Response {
        guard let name = context.parameters.get("file"), let file = files[name] else { throw HTTPError(.notFound) }
        return file.answer(to: request)
    }
}
