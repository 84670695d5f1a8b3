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
    /// The address that the server listens on.
    public var listen = ListenAddress(host: "127.0.0.1", port: 8080)
    /// The address by which callers of the decision API know it; `nil` if discovery is off.
    public var publicURL: String?
    /// The addresses of proxies, which may ask for others by forward-auth.
    public var trustedProxies: [AddressRange] = [.loopback, .loopback6]
    /// The file of the policy; `nil` if credentials' own permissions decide alone, or the policy is in the store.
    public var policy: String?
    /// True if the policy is the one that was published in the ``store`` for all nodes.
    public var isPolicyPublished = false
    /// The file of the known subjects and resources; `nil` if there is none.
    public var entities: String?
    /// The Clerk instance whose tokens are accepted; `nil` if no token is.
    public var clerk: Clerk?
    /// The weight of a credential's own permissions.
    public var permissionsFrom = Authorizer.PermissionSource.roles
    /// The permissions of delegated credentials, by scope.
    public var scopes: ScopeMap = [:]
    /// The requirements on requests through proxies.
    public var routes = RouteRules([])
    /// The store of records; `nil` if there is none.
    public var store: Store?
    /// The name of this node's audit chain; `nil` for `gatehouse` in a file, and the host's name in a database that nodes share.
    public var node: String?
    /// The keys that callers of the decision API present; without keys only loopback may call.
    public var apiKeys: [String] = []
    /// How decisions are recorded.
    public var audit = AuditLog.Configuration()
    /// The receiver of chosen records; `nil` if there is none.
    public var compliance: ComplianceEndpoint?
    /// The most that clients may take.
    public var limits = Limits()

    /// The settings that are allowed and cannot be meant, such as a route that requires a permission which the policy does not know.
    public internal(set) var warnings: [ConfigurationProblem] = []
    /// The documents, where they were read with the configuration.
    var documents: Documents?
    /// The place of each rule of ``routes`` in the file.
    var routePositions: [SourcePosition] = []

    /// Makes a configuration of defaults, which denies everything.
    public init() {}

    /// A Clerk instance.
    public struct Clerk: Sendable {
        /// The source of the keys of tokens.
        public enum Keys: Sendable {
            /// An address of a JWK Set.
            case url(String)
            /// A JWK Set in a file.
            case file(String)
            /// A public key in PEM, or a JWK.
            case key(String)
            /// Clerk's Backend API, which is asked with the secret key.
            case backend
        }

        /// The source of the keys of tokens.
        public var keys: Keys
        /// The demanded `iss` of tokens.
        public var issuer: String
        /// The instance's publishable key; `nil` if unknown.
        public var publishableKey: String?
        /// The secret key of the Backend API; `nil` if it is not asked.
        public var secretKey: String?
        /// The address of the Backend API; `nil` for Clerk's own.
        public var apiURL: String?
        /// The origins that session tokens may have been made for; without any no cookie is read.
        public var authorizedParties: [String] = []
        /// The secrets that webhooks are signed with.
        public var webhookSecrets: [String] = []
        /// How long a session token may live at most.
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
        /// A PostgreSQL database that several nodes share, by its address, `postgresql://user@host/database`. It may hold a password.
        case postgreSQL(String)
    }

    /// The most that clients may take.
    public struct Limits: Sendable, Hashable {
        /// Bytes of a body.
        public var bodyByteCount = 1 << 20
        /// Bytes of a request's head.
        public var headByteCount = 32 << 10
        /// Connections at a time.
        public var connections = 8_192
        /// How long a head may take.
        public var headTime = Duration.seconds(10)
        /// How long a body may take.
        public var bodyTime = Duration.seconds(30)
        /// How long a connection may be idle between requests.
        public var idleTime = Duration.seconds(75)
        /// How long requests may take to end once the server stops.
        public var stopTime = Duration.seconds(10)

        /// Makes limits, each with its default.
        public init() {}
    }
}

/// An address and port to listen on.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// A host name or an IP address.
    public var host: String
    /// The port; 0 for a free one.
    public var port: Int

    /// Makes an address.
    public init(host: String, port: Int) {
        (self.host, self.port) = (host, port)
    }

    /// Reads `host:port`, `[address]:port` of IPv6; `nil` for anything else.
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
            // Digits and dots alone are an address, or nothing.
            if host.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) {
                guard IPAddress(host) != nil else { return nil }
            }
        }
        self.init(host: host, port: Int(port))
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
#endif
