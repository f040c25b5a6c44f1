/** Buttons that copy the command beside them, and say so. */
export function enableCopying(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
    button.onclick = async () => {
      const command = button.parentElement?.querySelector("code")?.textContent ?? "";
      try {
        await navigator.clipboard.writeText(command);
        button.textContent = "Copied";
      } catch {
        // No clipboard without a secure context: the command is selected for the keyboard's copy.
        getSelection()?.selectAllChildren(button.parentElement!.querySelector("code")!);
        button.textContent = "Selected";
      }
    };
  }
}
