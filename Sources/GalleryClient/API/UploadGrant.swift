/// The answer to an offer.
package enum UploadGrant: Sendable, Equatable {
    /// The gallery has these bytes; there is nothing to send.
    case known(PublishedPicture)
    /// The bytes go in one PUT.
    case put(PutTicket)
    /// The bytes go in parts.
    case multipart(MultipartTicket)
}

/// A ticket for one PUT.
package struct PutTicket: Sendable, Equatable, Decodable {
    /// The picture's future id.
    package let id: String
    /// The upload's capability.
    package let token: String
    /// Removes the picture later; a server that has no removal gives none.
    package let deleteToken: String?
    /// Where the bytes go: presigned, good for minutes.
    package let url: String
    /// The headers the URL binds.
    package let headers: [String: String]
}

/// A ticket for an upload in parts.
package struct MultipartTicket: Sendable, Equatable, Decodable {
    /// How the file is cut.
    package struct Parts: Sendable, Equatable, Decodable {
        /// Bytes a part; the last one may have fewer.
        package let partSize: Int64
        /// How many there are.
        package let partCount: Int

        package init(partSize: Int64, partCount: Int) {
            self.partSize = partSize
            self.partCount = partCount
        }
    }

    /// The picture's future id.
    package let id: String
    /// The upload's capability; part URLs are asked for with it.
    package let token: String
    /// Removes the picture later; a server that has no removal gives none.
    package let deleteToken: String?
    /// How the file is cut.
    package let multipart: Parts

    package init(id: String, token: String, deleteToken: String?, multipart: Parts) {
        self.id = id
        self.token = token
        self.deleteToken = deleteToken
        self.multipart = multipart
    }
}
