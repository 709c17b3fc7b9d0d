/// A place in the gallery, between two images: a number that grows with every published one, so that a page is a key
/// range.
package struct PageCursor: LosslessStringConvertible, Hashable, Sendable {
    /// The catalog's own position of the last image seen; pages go down from it.
    package let position: Int64

    package init(position: Int64) {
        self.position = position
    }

    /// Takes the text form, a positive number in base 36; `nil` for everything else.
    package init?(_ description: String) {
        guard description.utf8.count <= 13, description.first?.isLetter == true || description.first?.isNumber == true,
            let position = Int64(description, radix: 36), position > 0
        else { return nil }
        self.position = position
    }

    package var description: String { String(position, radix: 36) }
}
