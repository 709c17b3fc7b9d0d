/// Thrown out of a request body whose client sends next to nothing.
package struct SlowBodyError: Error, Equatable {
    package init() {}
}

/// Thrown out of a request body that the connection's end cut off.
package struct CutBodyError: Error, Equatable {
    package init() {}
}
