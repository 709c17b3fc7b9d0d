import NIOHTTP1

/// `/api/images`: one, many, and away with it.
extension GalleryAPI {
    /// Asks what became of an upload, and lets the gallery hold the answer back until there is news.
    ///
    /// - Parameters:
    ///   - id: The picture's id.
    ///   - wait: Up to 20 seconds.
    /// - Returns: `incoming` when there is no news; `ready` may name another id, that of equal bytes.
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func state(of id: String, waitingSeconds wait: Int = 0) async throws -> PictureState {
        let path = "/api/images/\(QueryValue(id))" + (wait > 0 ? "?wait=\(wait)" : "")
        return try await send(Call(path: path, hold: .seconds(wait))).decode()
    }

    /// One page of the gallery, newest first.
    ///
    /// - Parameters:
    ///   - cursor: `next` of the page before; `nil` for the first one.
    ///   - limit: The most pictures, 1 to 200.
    /// - Returns: The pictures, and where the next page begins.
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func pictures(after cursor: String? = nil, limit: Int) async throws -> PicturePage {
        let after = cursor.map { "&after=\(QueryValue($0))" } ?? ""
        return try await send(Call(path: "/api/images?limit=\(limit)\(after)")).decode()
    }

    /// Removes a picture.
    ///
    /// - Parameters:
    ///   - id: The picture's id.
    ///   - token: Its delete token, or the owner's.
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func remove(_ id: String, token: String) async throws {
        _ = try await send(Call(method: .DELETE, path: "/api/images/\(QueryValue(id))", bearer: token))
    }

    /// Finds out whether the gallery answers at all.
    ///
    /// - Throws: ``GalleryClientError``, or `CancellationError`.
    package func reach() async throws {
        _ = try await send(Call(path: "/healthz"))
    }
}
