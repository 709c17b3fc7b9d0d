import GalleryCore
import Hummingbird

/// A request's query as HTML forms and `URLSearchParams` write it: in names and values alike `+` is a space.
struct FormQuery {
    private let items: [(name: String, value: String)]

    /// Reads the query; pairs with broken escapes are left out.
    init(_ request: Request) {
        items = (request.uri.query ?? "").split(separator: "&").compactMap { pair in
            let halves = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = halves.count == 2 ? halves[1] : ""
            guard let name = URLText.decode(formField: halves[0]), let value = URLText.decode(formField: value) else {
                return nil
            }
            return (name, value)
        }
    }

    /// The first value of that name.
    subscript(name: String) -> String? { items.first { $0.name == name }?.value }
}
