/// A way in which a server's own router reads paths less strictly than rules do. A path is refused if the router could read it as a path
/// with another rule.
public struct HostReading: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The router takes lower case and upper case as equal, as FlyingFox does.
    public static var ignoresCase: Self { Self(rawValue: 1) }
    /// The router ignores a trailing slash, as Hummingbird and Vapor do.
    public static var ignoresTrailingSlash: Self { Self(rawValue: 2) }
}
