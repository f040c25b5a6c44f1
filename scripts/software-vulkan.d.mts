export function softwareVulkan(): Readonly<Record<string, string>> | undefined;
