import HTTPTypes
import Hummingbird
import S3XML
import SigV4

/// How a form upload that succeeded is answered, as its own fields ask.
struct PostAnswer: Sendable {
    /// The form's fields.
    let fields: FormFields
    /// The head of its request.
    let request: HTTPRequest
    /// The bucket.
    let bucket: BucketName

    /// Answers 303 to `success_action_redirect`, or else the `success_action_status`: 200, 201 with a document, or 204
    /// for anything else.
    func respond(_ info: ObjectInfo) -> Response {
        var response = redirect(info) ?? plain(info)
        response.headers[.eTag] = info.quotedETag
        response.headers.append(contentsOf: info.checksumHeaders)
        return response
    }

    private func plain(_ info: ObjectInfo) -> Response {
        let location = location(of: info.key)
        switch fields["success_action_status"] {
        case "200": return Response(status: .ok, headers: [.location: location])
        case "201":
            let xml = XMLWriter.document("PostResponse", namespace: nil) { writer in
                writer.element("Location", location)
                writer.element("Bucket", bucket.rawValue)
                writer.element("Key", info.key.rawValue)
                writer.element("ETag", info.quotedETag)
            }
            var response = Response(status: .created, xml: xml)
            response.headers[.location] = location
            return response
        default: return Response(status: .noContent, headers: [.location: location])
        }
    }

    /// The redirection that the form asks for, with `bucket`, `key` and `etag` in its query; nil without a usable URL,
    /// in which case S3 acts as if the field were not there.
    private func redirect(_ info: ObjectInfo) -> Response? {
        guard let url = fields["success_action_redirect"] ?? fields["redirect"], Self.isUsable(url) else { return nil }
        let (page, fragment) = Self.cut(url)
        let query = [("bucket", bucket.rawValue), ("key", info.key.rawValue), ("etag", info.quotedETag)]
            .map { "\($0)=\(URICoding.encode($1))" }
            .joined(separator: "&")
        let separator = page.contains("?") ? "&" : "?"
        return Response(status: .seeOther, headers: [.location: "\(page)\(separator)\(query)\(fragment)"])
    }

    /// Whether a text is an absolute web address that can stand in a header: only visible ASCII.
    private static func isUsable(_ url: String) -> Bool {
        let scheme = url.prefix(8).lowercased()
        guard scheme.hasPrefix("http://") || scheme == "https://" else { return false }
        return url.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func cut(_ url: String) -> (page: Substring, fragment: Substring) {
        let mark = url.firstIndex(of: "#") ?? url.endIndex
        return (url[..<mark], url[mark...])
    }

    /// The object's address under the name by which the client reached us.
    private func location(of key: ObjectKey) -> String {
        let path = "/\(bucket.rawValue)/" + URICoding.encode(key.rawValue, keepingSlash: true)
        guard let authority = request.authority else { return path }
        return "\(request.scheme ?? "http")://\(authority)\(path)"
    }
}
