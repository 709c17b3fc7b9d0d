import GalleryCore
import Hummingbird

extension Problem {
    /// What is wrong with a token, or with an upload in parts.
    init(upload error: GalleryError) {
        switch error {
        case .tokenMissing:
            self.init(
                .unauthorized,
                code: "unauthorized",
                detail: """
                    Removing a picture takes its `deleteToken`, which came with the upload's ticket, the token of the \
                    person whose it is, or that of whoever runs the gallery, as `Authorization: Bearer …`.
                    """
            )
        case .invalidToken:
            self.init(
                .forbidden,
                code: "invalid-token",
                detail: "This token is not good for that. Use the one that came with this very upload's ticket."
            )
        case .expiredToken:
            self.init(
                .forbidden,
                code: "expired",
                detail: "The ticket's time is over. Ask for a new one and start the upload again."
            )
        case .uploadGone:
            self.init(
                .notFound,
                code: "upload-gone",
                detail: "This upload was aborted, or given up after a day without an end. Start it again."
            )
        case .uploadComplete:
            self.init(
                .conflict,
                code: "already-complete",
                detail: "This upload is complete: nothing can be added to it or aborted. Ask for the image instead."
            )
        case .partsMissing(let numbers):
            self.init(.conflict, code: "incomplete-upload", detail: Self.words(forMissing: numbers))
            missing = numbers.isEmpty ? nil : Array(numbers.prefix(100))
        default:
            preconditionFailure("the caller's switch sends tokens and uploads only")
        }
    }

    private static func words(forMissing numbers: [Int]) -> String {
        switch numbers.count {
        case 0: "Nothing has arrived for this ticket yet. PUT the file to its `url` first."
        case 1: "Part \(numbers[0]) has not arrived, or not whole. Send it, then complete again."
        default: "\(numbers.count) parts have not arrived, or not whole. Send those in `missing`, then complete again."
        }
    }
}
