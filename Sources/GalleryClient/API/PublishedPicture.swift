#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A picture that is in the gallery.
package struct PublishedPicture: Sendable, Equatable, Codable {
    /// Twelve letters and digits.
    package let id: String
    /// The name its file had.
    package let name: String
    /// The displayed width in pixels.
    package let width: Int
    /// The displayed height in pixels.
    package let height: Int
    /// The bytes of the published file.
    package let size: Int64
    /// When it came into the gallery.
    package let createdAt: Date
    /// Where its bytes are.
    package let src: String
    /// Where people look at it.
    package let page: String
}

/// What became of an upload.
package enum PictureState: Sendable, Equatable {
    /// It is in the gallery, perhaps under the id of equal bytes that were there before.
    case ready(PublishedPicture)
    /// It has not been looked at yet.
    case incoming
    /// It was looked at and refused; the sentence says why.
    case rejected(reason: String, detail: String)
}

/// One page of the gallery, newest first.
package struct PicturePage: Sendable, Equatable, Decodable {
    /// The pictures of this page.
    package let images: [PublishedPicture]
    /// The cursor of the next page; `nil` on the last one.
    package let next: String?
}

extension PictureState: Decodable {
    private enum CodingKeys: CodingKey {
        case state, reason, detail
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(String.self, forKey: .state) {
        case "ready": self = .ready(try PublishedPicture(from: decoder))
        case "incoming": self = .incoming
        case "rejected":
            self = .rejected(
                reason: try container.decodeIfPresent(String.self, forKey: .reason) ?? "rejected",
                detail: try container.decodeIfPresent(String.self, forKey: .detail) ?? "The gallery does not take it."
            )
        case let other:
            throw DecodingError.dataCorruptedError(forKey: .state, in: container, debugDescription: other)
        }
    }
}
