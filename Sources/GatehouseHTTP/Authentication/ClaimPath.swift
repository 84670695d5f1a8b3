/// The path to a claim: names of which each is a member of the object before.
///
/// ```swift
/// let roles: ClaimPath = "realm_access.roles"
/// let namespaced: ClaimPath = ["https://example.com/roles"]  // a name that has dots of its own
/// ```
public struct ClaimPath: Sendable, Hashable {
    /// The names, outermost first.
    public let names: [ByteText]

    /// Makes the path through these names.
    public init(_ names: [String]) {
        self.names = names.map { ByteText($0) }
    }

    /// Makes the path through names that are separated by dots.
    public init(dotted text: String) {
        self.init(
            text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { String($0) ?? "" }
        )
    }

    var strings: [String] { names.map(\.string) }
}

extension ClaimPath: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral text: String) { self.init(dotted: text) }
    public init(arrayLiteral names: String...) { self.init(names) }
}
