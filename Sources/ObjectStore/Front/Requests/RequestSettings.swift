import HTTPTypes

/// Where a write says what it wants: the headers and the signed query of a request, or the fields of a form.
protocol RequestSettings: Sendable {
    /// The headers, or what stands for them.
    var headers: HTTPFields { get }
    /// The parameters of a signed query, decoded.
    var signedQuery: [(name: String, value: String)] { get }
}

extension RequestSettings {
    /// An `x-amz-` setting by lower-case name, from the header, or else from the signed query.
    ///
    /// Presigners of several SDKs move `x-amz-` headers into the query ("hoisting", s3.md §1, trap 8); both are signed.
    func amz(_ name: String) -> String? {
        headers[named: name] ?? signedQuery.first { $0.name.lowercased() == name }?.value
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
        for item in signedQuery where item.name.lowercased().hasPrefix(prefix) {
            settings.append((item.name.lowercased(), item.value))
        }
        return settings
    }
}
