#if Server
import Foundation
import Gatehouse
import GatehouseBase
import GatehouseHTTP

extension ServerConfiguration {
    /// Reads a configuration from a file and from variables. A variable takes precedence over the file.
    ///
    /// - Parameters:
    ///   - file: The path of the file in YAML or JSON; `nil` if there is no file.
    ///   - environment: The variables: `GATEHOUSE_*`, and Clerk's own.
    /// - Throws: ``ConfigurationError`` with all problems, each with its key and line.
    public init(file: String?, environment: [String: String]) throws(ConfigurationError) {
        let (configuration, problems) = Self.reading(file: file, environment: environment)
        if let error = ConfigurationError(problems) { throw error }
        self = configuration
    }

    /// Returns the settings that could be read, and all problems.
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
        // An unreadable file is a problem of the key that names the file.
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
    /// Returns the routes that are closed to everybody, such as for a permission that the policy does not know.
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
#endif
