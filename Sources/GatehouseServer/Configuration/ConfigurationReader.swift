#if Server
import Gatehouse
import GatehouseBase
import GatehouseTokens

/// A reader that makes a configuration from the settings, and collects all problems.
struct ConfigurationReader {
    var source: SettingSource
    let folder: ConfigurationFolder
    var configuration = ServerConfiguration()

    init(source: SettingSource, folder: ConfigurationFolder) {
        (self.source, self.folder) = (source, folder)
    }

    mutating func read() -> ServerConfiguration {
        let form = "host:port, such as 127.0.0.1:8080 or [::1]:8080"
        configuration.listen = source.value(.listen, form) { ListenAddress($0) } ?? configuration.listen
        let url = "an https address without query and fragment, such as https://pdp.example.com"
        configuration.publicURL = source.value(.publicURL, url) { $0.isPublicURL ? $0 : nil }
        configuration.trustedProxies =
            source.values(.trustedProxies, "addresses or ranges such as 10.0.0.0/8") { AddressRange($0) }
            ?? configuration.trustedProxies
        let sources = Authorizer.PermissionSource.allCases
        configuration.permissionsFrom =
            source.value(.permissionsFrom, "token, roles or both") { text in
                sources.first { $0.rawValue.hasSameBytes(as: text) }
            } ?? .roles
        readPolicy()
        configuration.entities = path(.entities)
        if configuration.policy == nil, configuration.permissionsFrom != .token, source[.policy] == nil {
            source.wrong(
                "policy",
                "is missing: it names the policy's file, and is needed unless permissionsFrom is token"
            )
        }
        configuration.apiKeys = secrets(.apiKeys) { key in
            key.isBearerToken
                ? nil : "an API key is sent as a bearer token, and so is made of A-Z a-z 0-9 - . _ ~ + / and a last ="
        }
        readClerk()
        readStore()
        requireNodesForPublishedPolicy()
        readAudit()
        let routes = RouteRulesReader(source[.routes], source[.scopes], &source)
        (configuration.routes, configuration.scopes) = (routes.rules, routes.scopes)
        configuration.routePositions = routes.positions
        return configuration
    }

    private mutating func path(_ key: SettingKey) -> String? {
        source.text(key).map { folder.resolve($0.text.withoutFilePrefix) }
    }

    /// The word that means the policy in the store. A file of that name is written `./store`.
    private static let publishedPolicy = "store"

    private mutating func readPolicy() {
        guard let text = source.text(.policy)?.text else { return }
        configuration.isPolicyPublished = text.hasSameBytes(as: Self.publishedPolicy)
        if !configuration.isPolicyPublished { configuration.policy = folder.resolve(text.withoutFilePrefix) }
    }

    mutating func secret(_ key: SettingKey) -> String? {
        source.text(key).flatMap { secret($0) }
    }

    mutating func secret(_ text: SettingSource.Text) -> String? {
        do throws(ConfigurationFolder.Unreadable) {
            return try folder.secret(text.text)
        } catch {
            source.wrong(text.found, error.message, at: text.position)
            return nil
        }
    }

    mutating func secrets(_ key: SettingKey, _ fault: (String) -> String?) -> [String] {
        var secrets: [String] = []
        for text in source.list(key) ?? [] {
            guard let secret = secret(text) else { continue }
            if let fault = fault(secret) { source.wrong(text.found, fault, at: text.position) }
            secrets.append(secret)
        }
        return secrets
    }
}

extension String {
    /// The text without a leading `file:`.
    var withoutFilePrefix: String { hasPrefix("file:") ? String(dropFirst(5)) : self }

    /// True if the text is a token68 (RFC 9110 section 11.2).
    fileprivate var isBearerToken: Bool {
        let name = utf8.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~+/".utf8.contains(byte)
        }
        return !name.isEmpty && utf8[name.endIndex...].allSatisfy { $0 == UInt8(ascii: "=") }
    }

    /// True if the text is an https address, or an address of loopback, without user, query and fragment.
    fileprivate var isPublicURL: Bool {
        RemoteAddress(self)?.isAcceptable == true && !utf8.contains(UInt8(ascii: "?"))
            && !utf8.contains(UInt8(ascii: "#"))
    }
}
#endif
