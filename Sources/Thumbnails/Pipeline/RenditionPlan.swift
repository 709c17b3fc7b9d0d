/// Which widths a picture gets.
///
/// Every step that is not wider than the picture; and the picture's own width when it is below the widest step and more
/// than a quarter above the step before, or below all steps: so that a page never has to fetch a large PNG, or a JPEG
/// made of a HEIC, for want of a rendition. No rendition is higher than WebP can be.
package struct RenditionPlan: Equatable, Sendable {
    /// The longest side of a WebP in pixels.
    static let longestSide = 16_383

    /// The widths, widest first; empty for a picture that is far too high for its width.
    package let widths: [Int]

    /// Plans the renditions.
    ///
    /// - Parameters:
    ///   - width: The picture's pixels from left to right, as displayed.
    ///   - height: Its pixels from top to bottom.
    ///   - steps: The widths to choose from, ascending.
    package init(width: Int, height: Int, steps: [Int]) {
        var widths = steps.filter { $0 <= width }
        if let widest = steps.last, width < widest, width * 4 > (widths.last ?? 0) * 5 { widths.append(width) }
        self.widths = widths.reversed().filter { ($0 * height + width - 1) / width <= Self.longestSide }
    }
}
