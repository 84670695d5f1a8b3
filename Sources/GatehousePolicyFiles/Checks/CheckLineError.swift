#if PolicyFiles
/// An error about a line that is not a valid check.
package struct CheckLineError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A sentence about the fault of the line.
    package let message: String
    /// The line's id; `nil` if the id could not be read.
    package let id: String?

    init(_ message: String, id: String? = nil) {
        self.message = message
        self.id = id
    }

    package var description: String { message }
}
#endif
