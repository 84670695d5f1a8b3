/// A way in which a server's own router reads paths less strictly than rules do. A path that it would read as one with another rule is refused.
public struct HostReading: OptionSet, Sendable, Hashable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Lower case and upper case are the same, as FlyingFox has it.
    public static var ignoresCase: Self { Self(rawValue: 1) }
    /// A trailing slash is as good as none, as Hummingbird and Vapor have it.
    public static var ignoresTrailingSlash: Self { Self(rawValue: 2) }
}
