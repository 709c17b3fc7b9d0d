import HTTPTypes
import Hummingbird
import SigV4

/// A request whose signature was checked: what operations read.
struct S3Request: Sendable {
    /// The request line and headers.
    let head: HTTPRequest
    /// The body, not yet read.
    let body: RequestBody
    /// What the path and query say.
    let target: S3Target
    /// Who signed it, and how the body is vouched for.
    let verified: VerifiedRequest

    /// The request's headers.
    var headers: HTTPFields { head.headerFields }

    /// A query parameter by its exact name, the first one when repeated; a bare name has an empty value.
    func query(_ name: String) -> String? {
        target.query.first(name)
    }

    /// An `x-amz-` setting by lower-case name, from the header, or else from the signed query.
    ///
    /// Presigners of several SDKs move `x-amz-` headers into the query ("hoisting", s3.md §1, trap 8); both are signed.
    func amz(_ name: String) -> String? {
        headers[named: name] ?? target.query.items.first { $0.name.lowercased() == name }?.value
    }

    /// Every `x-amz-` setting whose lower-case name starts with `prefix`, headers first, then the signed query.
    ///
    /// A header that repeats is one setting with its values joined by `,`, as it was signed.
    func amz(startingWith prefix: String) -> [(name: String, value: String)] {
        var settings: [(name: String, value: String)] = []
        for field in headers where field.name.canonicalName.hasPrefix(prefix) {
            let name = field.name.canonicalName
            if let index = settings.firstIndex(where: { $0.name == name }) {
                settings[index].value += ",\(field.value)"
            } else {
                settings.append((name, field.value))
            }
        }
        for item in target.query.items where item.name.lowercased().hasPrefix(prefix) {
            settings.append((item.name.lowercased(), item.value))
        }
        return settings
    }
}
