#if Server
import ArgumentParser
import Foundation

@main
enum Main {
    static func main() async {
        do {
            var command = try GatehouseCommand.parseAsRoot()
            try RepeatedOptions.refuse(in: CommandLine.arguments.dropFirst(), of: type(of: command))
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            end(error)
        }
    }

    /// Ends the process with the contract's exit code: 0 for help, 1 for an answer of no, and 2 for every other error.
    private static func end(_ error: any Error) -> Never {
        if let status = error as? ExitStatus { exit(status.rawValue) }
        if let failure = error as? CommandFailure {
            standardError(failure.description)
            exit(ExitStatus.failed.rawValue)
        }
        let message = GatehouseCommand.fullMessage(for: error)
        if GatehouseCommand.exitCode(for: error) == .success {
            print(message)
            exit(0)
        }
        standardError(message)
        exit(ExitStatus.failed.rawValue)
    }
}
#else
import Foundation

@main
enum Main {
    static func main() {
        let message = "gatehouse: built without the trait Server; build it with `swift build --traits Server`\n"
        FileHandle.standardError.write(Data(message.utf8))
        exit(2)
    }
}
#endif
