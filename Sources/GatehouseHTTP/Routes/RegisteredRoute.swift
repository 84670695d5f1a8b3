import GatehouseBase

/// A route of a server, with the names of its router.
public struct RegisteredRoute: Sendable, Hashable, CustomStringConvertible {
    /// The method.
    public let method: HTTPRequest.Method
    /// The path with its placeholders, which may be written `{name}` or `:name`. A `*` stands for any segment, and a last `**` for all that
    /// follows.
    public let path: String

    /// Makes a route.
    public init(_ method: HTTPRequest.Method, _ path: String) {
        (self.method, self.path) = (method, path)
    }

    /// The method and the path.
    public var description: String { "\(method.rawValue.printable) \(path.inOneLine(upTo: 256))" }

    /// A part between two slashes.
    enum Part: Equatable {
        case literal(String)
        /// A segment with any text.
        case segment
        /// The rest of the path, of any length.
        case rest
    }

    /// True if the last slash is part of the path, as it is of every path but `/`.
    var hasTrailingSlash: Bool { path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") }

    var parts: [Part] {
        path.utf8.split(separator: UInt8(ascii: "/")).map { segment in
            if segment.elementsEqual("**".utf8) { return .rest }
            let isLiteral =
                segment.first != UInt8(ascii: ":")
                && !segment.contains { [UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "*")].contains($0) }
            return isLiteral ? .literal(String(Substring(segment))) : .segment
        }
    }
}

extension RouteRule {
    /// Returns true if this rule matches every request to a route that no earlier rule matches.
    func covers(_ route: RegisteredRoute) -> Bool { covers(route.method) && template.covers(route) }

    /// Returns true if no request can match another, later rule.
    func shadows(_ other: RouteRule) -> Bool {
        let hasMethods = methods.isEmpty || (!other.methods.isEmpty && other.methods.allSatisfy(covers))
        return hasMethods && template.covers(RegisteredRoute(.get, other.template.description))
    }
}

extension RouteTemplate {
    fileprivate func covers(_ route: RegisteredRoute) -> Bool {
        guard parts.last == .rest || (parts.count > 1 && parts.last == .literal("")) == route.hasTrailingSlash else {
            return false
        }
        var registered = route.parts[...]
        for part in parts where part != .literal("") {
            if part == .rest { return true }
            guard let segment = registered.popFirst() else { return false }
            switch (part, segment) {
            case (.literal(let mine), .literal(let theirs)): guard mine.hasSameBytes(as: theirs) else { return false }
            case (.placeholder, .literal), (.placeholder, .segment), (.anySegment, .literal), (.anySegment, .segment):
                continue
            default: return false
            }
        }
        return registered.isEmpty
    }
}

extension RouteRules {
    /// Returns the routes that no rule covers. Requests to them, or to a part of them, are refused for everybody.
    ///
    /// ```swift
    /// #expect(rules.unguarded(among: [RegisteredRoute(.get, "/invoices"), RegisteredRoute(.post, "/invoices")]).isEmpty)
    /// ```
    ///
    /// - Parameter routes: The routes of a server's router.
    public func unguarded(among routes: some Sequence<RegisteredRoute>) -> [RegisteredRoute] {
        routes.filter { route in !rules.contains { $0.covers(route) } }
    }
}
