/// Thrown out of a request body whose client sends next to nothing.
public struct SlowBodyError: Error, Equatable {
    public init() {}
}

/// Thrown out of a request body that the connection's end cut off.
public struct CutBodyError: Error, Equatable {
    public init() {}
}
