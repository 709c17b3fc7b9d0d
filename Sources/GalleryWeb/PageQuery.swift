import GalleryCore
import Hummingbird

/// `?after=CURSOR&limit=N` of the routes that page.
struct PageQuery {
    static let defaultLimit = 60

    let after: PageCursor?
    let limit: Int

    /// - Throws: `invalidRequest` when a value makes no sense.
    init(_ request: Request) throws(GalleryError) {
        let parameters = request.uri.queryParameters
        switch parameters.get("after") {
        case nil, "": after = nil
        case let text?:
            guard let cursor = PageCursor(text) else {
                throw .invalidRequest("`after` must be a cursor from `next` of the page before.")
            }
            after = cursor
        }
        let limits = 1...Gallery.maximumPageSize
        guard let text = parameters.get("limit") else {
            limit = Self.defaultLimit
            return
        }
        guard let number = Int(text), limits.contains(number) else {
            throw .invalidRequest("`limit` must be a number from \(limits.lowerBound) to \(limits.upperBound).")
        }
        limit = number
    }
}
