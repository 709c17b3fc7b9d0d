/// Compares two byte strings in a time that depends on their lengths only, never on where they differ.
///
/// - Parameters:
///   - left: One byte string.
///   - right: The other byte string.
/// - Returns: Whether both have the same length and the same bytes.
public func constantTimeEqual(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    var others = right.makeIterator()
    for byte in left {
        difference |= byte ^ (others.next() ?? ~byte)
    }
    return difference == 0
}
