#if Server
public import Gatehouse
import GatehouseBase
public import GatehouseHTTP
public import GatehouseRecords

/// The settings of a sidecar.
///
/// ```swift
/// let configuration = try ServerConfiguration(file: "gatehouse.yaml", environment: ProcessInfo.processInfo.environment)
/// try await Sidecar(configuration).run()
/// ```
public struct ServerConfiguration: Sendable {
    /// The address on which the server listens.
    public var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// The address of the decision API for its callers; `nil` if discovery is off.
    public var publicURL: String?
    /// The addresses of proxies that may ask by forward-auth for other clients.
    public var trustedProxies: [AddressRange] = [.loopback, .loopback6]
    /// The path of the policy; `nil` if only the permissions of credentials decide, or if the policy is in the store.
    public var policy: String?
    /// True if the policy is the policy that was published in the ``store`` for all nodes.
    public var isPolicyPublished = false
    /// The path of the known subjects and resources; `nil` if there is none.
    public var entities: String?
    /// The Clerk instance whose tokens are accepted; `nil` if no tokens are accepted.
    public var clerk: Clerk?
    /// The weight of a credential's own permissions.
    public var permissionsFrom = Authorizer.PermissionSource.roles
    /// The permissions of delegated credentials, by scope.
    public var scopes: ScopeMap = [:]
    /// The requirements on requests through proxies.
    public var routes = RouteRules([])
    /// The store of records; `nil` if there is none.
    public var store: Store?
    /// The name of this node's audit chain; `nil` for `gatehouse` in a file, and for the host's name in a shared database.
    public var node: String?
    /// The keys that callers of the decision API present; without keys only loopback may call.
    public var apiKeys: [String] = []
    /// The settings of the audit log.
    public var audit = AuditLog.Configuration()
    /// The receiver of selected records; `nil` if there is none.
    public var compliance: ComplianceEndpoint?
    /// The limits on clients.
    public var limits = Limits()

    /// The settings that are allowed but probably wrong, such as a route that requires a permission which the policy does not know.
    public internal(set) var warnings: [ConfigurationProblem] = []
    /// The documents; `nil` if they were not read with the configuration.
    var documents: Documents?
    /// The position of each rule of ``routes`` in the file.
    var routePositions: [SourcePosition] = []

    /// Makes a configuration with the defaults, which denies everything.
    public init() {}

    /// A Clerk instance.
    public struct Clerk: Sendable {
        /// The source of the keys of tokens.
        public enum Keys: Sendable {
            /// The address of a JWK Set.
            case url(String)
            /// A JWK Set in a file.
            case file(String)
            /// A public key in PEM, or a JWK.
            case key(String)
            /// Clerk's Backend API, which is called with the secret key.
            case backend
        }

        /// The source of the keys of tokens.
        public var keys: Keys
        /// The required `iss` of tokens.
        public var issuer: String
        /// The instance's publishable key; `nil` if unknown.
        public var publishableKey: String?
        /// The secret key of the Backend API; `nil` if that API is not used.
        public var secretKey: String?
        /// The address of the Backend API; `nil` for Clerk's own.
        public var apiURL: String?
        /// The origins for which session tokens may have been made. Without origins no cookie is read.
        public var authorizedParties: [String] = []
        /// The secrets that sign webhooks.
        public var webhookSecrets: [String] = []
        /// The longest lifetime of a session token.
        public var maximumTokenLifetime = Duration.seconds(3_600)

        /// Makes an instance.
        public init(keys: Keys, issuer: String) {
            (self.keys, self.issuer) = (keys, issuer)
        }
    }

    /// A store of records.
    public enum Store: Sendable, Hashable {
        /// A SQLite file.
        case sqlite(String)
        /// A PostgreSQL database that several nodes share, by its address, `postgresql://user@host/database`. The address may contain a
        /// password.
        case postgreSQL(String)
    }

    /// The limits on clients.
    public struct Limits: Sendable, Hashable {
        /// The largest number of bytes of a body.
        public var bodyByteCount = 1 << 20
        /// The largest number of bytes of a request's head.
        public var headByteCount = 32 << 10
        /// The largest number of connections at a time.
        public var connections = 8_192
        /// The longest time of a head.
        public var headTime = Duration.seconds(10)
        /// The longest time of a body.
        public var bodyTime = Duration.seconds(30)
        /// The longest idle time of a connection between requests.
        public var idleTime = Duration.seconds(75)
        /// The longest time of requests after the server begins to stop.
        public var stopTime = Duration.seconds(10)

        /// Makes limits with the defaults.
        public init() {}
    }
}

/// An address and a port on which a server listens.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or an IP address.
    public var host: String
    /// The port; 0 for a free port.
    public var port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
        (self.host, self.port) = (host, port)
    }

    /// Reads `host:port`, or `[address]:port` of IPv6; `nil` for any other text.
    public init?(_ text: String) {
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return nil }
        var host = String(text[..<colon])
        let digits = text[text.utf8.index(after: colon)...]
        guard (1...5).contains(digits.utf8.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        if host.hasPrefix("[") {
            guard host.hasSuffix("]"), let address = IPAddress(String(host.dropFirst().dropLast())), address.isIPv6
            else { return nil }
            host = String(host.dropFirst().dropLast())
        } else {
            let isName = host.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            }
            guard !host.isEmpty, host.utf8.count <= 253, isName else { return nil }
            // A text of only digits and dots must be an address.
            if host.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) {
                guard IPAddress(host) != nil else { return nil }
            }
        }
        self.init(host: host, port: Int(port))
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
#endif
