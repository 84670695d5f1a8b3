#if Server
import GatehouseBase
import GatehouseRecords
import GatehouseTokens

extension ConfigurationReader {
    mutating func readStore() {
        configuration.node = source.value(.node, "a name of printable ASCII without spaces and plus signs") {
            $0.isNodeName ? $0 : nil
        }
        // An address may contain a password, and so may stand in its own file.
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

    mutating func readAudit() {
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
            // A wrong address and wrong types have already been reported.
            guard let url, !audit.complianceTypes.isEmpty else { return }
            configuration.compliance = try? ComplianceEndpoint(url: url, secret: secret, types: audit.complianceTypes)
        } catch {
            source.wrong(found, error.message)
        }
    }

    mutating func requireNodesForPublishedPolicy() {
        guard configuration.isPolicyPublished, let found = source[.policy] else { return }
        switch configuration.store {
        case .postgreSQL: return
        case nil where source[.store] != nil: return  // the fault of the store has been reported
        case .sqlite, nil:
            source.wrong(
                found,
                "is “store”, the policy that nodes share, and needs “store: \(DatabaseAddress.form)”; a file of that name is “./store”"
            )
        }
    }
}
#endif
