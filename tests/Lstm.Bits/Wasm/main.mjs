// Runs the published program: node main.mjs FOLDER [arguments], where FOLDER holds _framework. The program sees no files but the one after --check.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, ...programArguments] = process.argv.slice(2);
const { dotnet } = await import(new URL("_framework/dotnet.js", pathToFileURL(folder + "/")));
const file = programArguments.indexOf("--check") + 1;
const recorded = file > 0 ? readFileSync(programArguments[file]) : undefined;
if (recorded) {
    programArguments[file] = "/recorded.txt";
}

const runtime = await dotnet.withApplicationArguments(...programArguments).create();
if (recorded) {
    runtime.Module.FS_createDataFile("/", "recorded.txt", recorded, true, false);
}

process.exit(await runtime.runMain());
