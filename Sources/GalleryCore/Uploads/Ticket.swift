#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The answer to an upload request: where and how to send the bytes.
package struct Ticket: Sendable {
    /// How the bytes are to be sent.
    package enum Way: Sendable {
        /// All of them by one PUT.
        case put(PresignedUpload)
        /// In parts, each with a URL that is asked for right before its PUT.
        case parts(PartPlan)
    }

    package let id: ImageID
    /// An opaque capability for this one upload.
    package let token: String
    /// An opaque capability to remove the picture, once it is one.
    package let removalToken: String
    package let way: Way
    package let validity: TicketValidity
}

/// When a ticket or a URL was made, and until when it is good.
package struct TicketValidity: Hashable, Sendable {
    package let expiresAt: Date
    /// The server's clock, so that the client's own need not be right.
    package let serverTime: Date
}

/// A URL that takes one file, or one part of it, and the headers it must be sent with.
package struct PresignedUpload: Hashable, Sendable {
    package let url: String
    /// In the order they are documented; names in lower case.
    package let headers: [Header]

    package init(url: String, headers: [Header]) {
        self.url = url
        self.headers = headers
    }

    /// One header field of the upload request.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// What an upload request leads to.
package enum TicketOutcome: Sendable {
    /// Send the bytes.
    case ticket(Ticket)
    /// The gallery has these bytes already: nothing to send.
    case known(GalleryImage)
}
