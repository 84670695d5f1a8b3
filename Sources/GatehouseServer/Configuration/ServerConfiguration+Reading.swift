#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseClerk
import GatehouseHTTP
import GatehouseRecords
import GatehouseTokens

extension ServerConfiguration {
    /// Reads a configuration from a file and from variables, of which a variable goes before the file.
    ///
    /// - Parameters:
    ///   - file: The file in YAML or JSON; `nil` if variables say all.
    ///   - environment: The variables: `GATEHOUSE_*`, and Clerk's own.
    /// - Throws: ``ConfigurationError`` with everything that is wrong, each with its key and line.
    public init(file: String?, environment: [String: String]) throws(ConfigurationError) {
        let (configuration, problems) = Self.reading(file: file, environment: environment)
        if let error = ConfigurationError(problems) { throw error }
        self = configuration
    }

    /// The settings that could be read, and every fault.
    static func reading(
        file: String?,
        environment: [String: String]
    ) -> (ServerConfiguration, [ConfigurationProblem]) {
        var source = SettingSource(fileName: file)
        if let file {
            do throws(ConfigurationFolder.Unreadable) {
                source.read(file: try ConfigurationFolder.bytes(at: file))
            } catch {
                return (ServerConfiguration(), [ConfigurationProblem("", error.message, in: nil)])
            }
        }
        source.read(environment: environment)
        let folder = ConfigurationFolder(path: file.map { ($0 as NSString).deletingLastPathComponent } ?? "")
        var reader = ConfigurationReader(source: source, folder: folder)
        var configuration = reader.read()
        var documentProblems: [ConfigurationProblem] = []
        configuration.documents = Documents.reading(configuration, &documentProblems)
        if !configuration.isPolicyPublished, let engine = configuration.documents?.engine {
            configuration.warnings = configuration.closedRoutes(by: engine, in: file)
        }
        // A file that cannot be read is a mistake of the key that names it.
        for problem in documentProblems where problem.source == nil {
            guard let key = SettingKey(rawValue: problem.key), let found = reader.source[key] else { continue }
            reader.source.wrong(found, problem.message)
        }
        documentProblems.removeAll { $0.source == nil }
        let problems = reader.source.problems.enumerated().sorted { first, second in
            let start = SourcePosition(line: 0, column: 0)
            return (first.element.position ?? start, first.offset) < (second.element.position ?? start, second.offset)
        }
        return (configuration, problems.map(\.element) + documentProblems)
    }
}

extension ServerConfiguration {
    /// Routes that are closed to everybody, as where the policy does not know a permission.
    func closedRoutes(by engine: PolicyEngine, in file: String?) -> [ConfigurationProblem] {
        let authorizer = Authorizer(engine: engine, permissionSource: permissionsFrom)
        return zip(routes.rules, routePositions).flatMap { rule, position in
            authorizer.findings(
                on: rule.requirement,
                route: rule.description,
                placeholders: rule.template.placeholders
            ).map { finding in
                let message = "\(rule) is closed to everybody: \(finding.message) [\(finding.code)]"
                return ConfigurationProblem("routes", message, in: file, at: position)
            }
        }
    }
}

/// Makes a configuration of values.
struct ConfigurationReader {
    var source: SettingSource
    let folder: ConfigurationFolder
    private var configuration = ServerConfiguration()

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

    /// The word for the policy in the store. A file of that name is `./store`.
    private static let publishedPolicy = "store"

    private mutating func readPolicy() {
        guard let text = source.text(.policy)?.text else { return }
        configuration.isPolicyPublished = text.hasSameBytes(as: Self.publishedPolicy)
        if !configuration.isPolicyPublished { configuration.policy = folder.resolve(text.withoutFilePrefix) }
    }

    private mutating func requireNodesForPublishedPolicy() {
        guard configuration.isPolicyPublished, let found = source[.policy] else { return }
        switch configuration.store {
        case .postgreSQL: return
        case nil where source[.store] != nil: return  // That one is wrong was told.
        case .sqlite, nil:
            source.wrong(
                found,
                "is “store”, the policy that nodes share, and needs “store: \(DatabaseAddress.form)”; a file of that name is “./store”"
            )
        }
    }

    private mutating func secret(_ key: SettingKey) -> String? {
        source.text(key).flatMap { secret($0) }
    }

    private mutating func secret(_ text: SettingSource.Text) -> String? {
        do throws(ConfigurationFolder.Unreadable) {
            return try folder.secret(text.text)
        } catch {
            source.wrong(text.found, error.message, at: text.position)
            return nil
        }
    }

    private mutating func secrets(_ key: SettingKey, _ fault: (String) -> String?) -> [String] {
        var secrets: [String] = []
        for text in source.list(key) ?? [] {
            guard let secret = secret(text) else { continue }
            if let fault = fault(secret) { source.wrong(text.found, fault, at: text.position) }
            secrets.append(secret)
        }
        return secrets
    }

    private mutating func readClerk() {
        guard source.hasSection("clerk") else { return }
        let publishable = source.value(.clerkPublishableKey, "a publishable key, pk_live_… or pk_test_…") { text in
            PublishableKey(text).map { (text, $0) }
        }
        let secretKey = secret(.clerkSecretKey)
        if let secretKey, !secretKey.hasPrefix("sk_"), let found = source[.clerkSecretKey] {
            source.wrong(found, "must be a secret key, which begins with sk_live_ or sk_test_")
        }
        let apiURL = source.value(.clerkAPIURL, "an https address") {
            RemoteAddress($0)?.isAcceptable == true ? $0 : nil
        }
        let issuer = source.text(.clerkIssuer)?.text ?? publishable?.1.issuer
        if issuer == nil, source[.clerkIssuer] == nil, source[.clerkPublishableKey] == nil {
            source.wrong(
                "clerk.issuer",
                "is missing: it is the iss of the instance's tokens; a publishableKey says it, too"
            )
        }
        let keys = keys(publishable?.1, hasSecretKey: secretKey != nil)
        let origins = source.values(.clerkAuthorizedParties, "origins such as https://app.example.com") {
            $0.isOrigin ? $0 : nil
        }
        let webhookSecrets = secrets(.clerkWebhookSecrets) { text in
            do throws(WebhookSignatureError) {
                _ = try WebhookSecret(text)
                return nil
            } catch {
                return error.message
            }
        }
        let lifetime = source.time(.clerkMaximumTokenLifetime, from: .seconds(1))
        guard let keys, let issuer else { return }
        var clerk = ServerConfiguration.Clerk(keys: keys, issuer: issuer)
        (clerk.publishableKey, clerk.secretKey, clerk.apiURL) = (publishable?.0, secretKey, apiURL)
        clerk.authorizedParties = origins ?? []
        clerk.webhookSecrets = webhookSecrets
        clerk.maximumTokenLifetime = lifetime ?? clerk.maximumTokenLifetime
        configuration.clerk = clerk
    }

    private mutating func keys(_ publishable: PublishableKey?, hasSecretKey: Bool) -> ServerConfiguration.Clerk.Keys? {
        if let jwks = source[.clerkJWKS], source[.clerkJWTKey] != nil {
            source.wrong(jwks, "stands beside clerk.jwtKey; one of them says the keys")
            return nil
        }
        if source[.clerkJWTKey] != nil {
            guard let found = source[.clerkJWTKey], let text = secret(.clerkJWTKey) else { return nil }
            if let fault = Self.fault(ofKey: text) {
                source.wrong(found, fault)
                return nil
            }
            return .key(text)
        }
        if let jwks = source.text(.clerkJWKS) {
            let lowercased = jwks.text.lowercased()
            guard lowercased.hasPrefix("https://") || lowercased.hasPrefix("http://") else {
                return file(of: jwks)
            }
            guard RemoteAddress(jwks.text)?.isAcceptable == true else {
                source.wrong(
                    jwks.found,
                    "must be an https address, or http on this machine's loopback, or the path of a file"
                )
                return nil
            }
            return .url(jwks.text)
        }
        if source[.clerkJWKS] != nil { return nil }
        if let publishable { return .url(publishable.jwksURL) }
        if source[.clerkPublishableKey] != nil { return nil }
        if hasSecretKey { return .backend }
        if source[.clerkSecretKey] == nil {
            source.wrong(
                "clerk.jwks",
                "is missing: clerk needs jwks, jwtKey or publishableKey for the keys of its tokens"
            )
        }
        return nil
    }

    /// A JWK Set in a file.
    private mutating func file(of jwks: SettingSource.Text) -> ServerConfiguration.Clerk.Keys? {
        let path = folder.resolve(jwks.text.withoutFilePrefix)
        do {
            let keys = try KeySet(jwksFile: path)
            guard !keys.isEmpty else {
                source.wrong(jwks.found, "\(path): there is no usable key in it")
                return nil
            }
            return .file(path)
        } catch let error as ConfigurationFolder.Unreadable {
            source.wrong(jwks.found, error.message)
        } catch {
            source.wrong(jwks.found, "\(path): \(error)")
        }
        return nil
    }

    /// Why a text is no key that tokens can be verified with; `nil` if it is one.
    private static func fault(ofKey text: String) -> String? {
        do throws(KeySetError) {
            let keys = try KeySet(jwtKey: text)
            return keys.isEmpty ? "the key cannot be used: \(keys.refused.first.map { "\($0)" } ?? "it is none")" : nil
        } catch {
            return error.message
        }
    }

    private mutating func readStore() {
        configuration.node = source.value(.node, "a name of printable ASCII without spaces and plus signs") {
            $0.isNodeName ? $0 : nil
        }
        // An address may hold a password, and so stands in a file of its own where that is wanted.
        guard let text = source.text(.store), let store = secret(text) else { return }
        let prefix = "sqlite:"
        if store.hasPrefix(prefix), store.utf8.count > prefix.utf8.count {
            configuration.store = .sqlite(folder.resolve(String(store.dropFirst(prefix.count))))
        } else if DatabaseAddress(store) != nil {
            #if PostgreSQL
            configuration.store = .postgreSQL(store)
            #else
            source.wrong(text.found, DatabaseAddress.missingTrait)
            #endif
        } else {
            source.wrong(text.found, "must be sqlite:FILE or \(DatabaseAddress.form)")
        }
    }

    private mutating func readAudit() {
        guard source.hasSection("audit") else { return }
        if source[.store] == nil {
            source.wrong("audit", "needs a store, and there is none: set “store”")
        }
        var audit = AuditLog.Configuration()
        audit.allows = source.fraction(.auditAllows, in: 0...1) ?? audit.allows
        audit.whenFull =
            source.value(.auditWhenFull, "wait or refuse") { text in
                AuditLog.Configuration.WhenFull.allCases.first { $0.rawValue.hasSameBytes(as: text) }
            } ?? audit.whenFull
        audit.durable = source.flag(.auditDurable) ?? audit.durable
        audit.retention = source.time(.auditRetention, from: .seconds(86_400))
        if source.hasSection("audit.compliance") { readCompliance(&audit) }
        configuration.audit = audit
    }

    private mutating func readCompliance(_ audit: inout AuditLog.Configuration) {
        let url = source.value(.complianceURL, "an https address, or http on this machine's loopback") {
            RemoteAddress($0)?.isAcceptable == true ? $0 : nil
        }
        let secret = secret(.complianceSecret)
        let types = source.list(.complianceTypes)
        for key in [SettingKey.complianceURL, .complianceSecret, .complianceTypes] where source[key] == nil {
            source.wrong(key.rawValue, "is missing: “audit.compliance” needs url, secret and types")
        }
        audit.complianceTypes = types?.map(\.text) ?? []
        if let found = source[.complianceTypes], types?.isEmpty == true {
            source.wrong(found, "names no type of record")
        }
        guard let secret, let found = source[.complianceSecret] else { return }
        do throws(WebhookSignatureError) {
            let secret = try WebhookSecret(secret)
            // An address and types that are wrong have been told of.
            guard let url, !audit.complianceTypes.isEmpty else { return }
            configuration.compliance = try? ComplianceEndpoint(url: url, secret: secret, types: audit.complianceTypes)
        } catch {
            source.wrong(found, error.message)
        }
    }
}

extension String {
    fileprivate var withoutFilePrefix: String { hasPrefix("file:") ? String(dropFirst(5)) : self }

    /// True if it is a token68 (RFC 9110 section 11.2).
    fileprivate var isBearerToken: Bool {
        let name = utf8.prefix { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~+/".utf8.contains(byte)
        }
        return !name.isEmpty && utf8[name.endIndex...].allSatisfy { $0 == UInt8(ascii: "=") }
    }

    /// True if it is an https address, or one of loopback, without user, query and fragment.
    fileprivate var isPublicURL: Bool {
        RemoteAddress(self)?.isAcceptable == true && !utf8.contains(UInt8(ascii: "?"))
            && !utf8.contains(UInt8(ascii: "#"))
    }

    /// True if it is a scheme, a host and perhaps a port: what browsers call an origin (RFC 6454 section 6.2).
    fileprivate var isOrigin: Bool {
        guard let scheme = utf8.firstRange(of: "://".utf8), !utf8[..<scheme.lowerBound].isEmpty else { return false }
        let host = utf8[scheme.upperBound...]
        return !host.isEmpty
            && host.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/?#@\\".utf8.contains($0) }
    }
}
#endif
