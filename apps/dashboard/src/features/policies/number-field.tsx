import { NumberInput, type NumberInputProps } from '@mantine/core';

type Props = Omit<NumberInputProps, 'value' | 'onChange'> & {
  value: number | undefined;
  onChange(value: number | undefined): void;
};

/** A number that may be absent: an empty field says so. */
export function NumberField({ value, onChange, ...input }: Props) {
  return (
    <NumberInput
      size="sm"
      {...input}
      value={value ?? ''}
      onChange={(entered) => onChange(typeof entered === 'number' ? entered : undefined)}
      hideControls
    />
  );
}
